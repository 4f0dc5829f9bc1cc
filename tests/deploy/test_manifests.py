"""What is in `deploy/` is what Kubernetes and Compose take, hardened as is said, with settings that there are."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from app.pool.node import dask_setup
from app.pool.process import ROOT
from app.settings import PREFIX, Settings
from engine.language.limits import Limits
from tests.each import each

DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
KINDS = {"Kustomization", "Component"}  # are Kustomize's
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}
DASK = "DASK_DISTRIBUTED__"

Manifest = dict[str, Any]


def documents() -> Iterator[tuple[Path, Manifest]]:
    for path in sorted(KUBERNETES.rglob("*.yaml")):
        for document in yaml.safe_load_all(path.read_text("utf-8")):
            yield path, document


OBJECTS = [(path, one) for path, one in documents() if one["kind"] not in KINDS]
PODS = [one["spec"]["template"]["spec"] for _, one in OBJECTS if one["kind"] == "Deployment"]
CONTAINERS = [container for pod in PODS for container in pod["containers"]]
KUSTOMIZED = [(path, one) for path, one in documents() if one["kind"] in KINDS]


@each("document", [one for _, one in OBJECTS])
def test_kubernetes_takes_every_object(document: Manifest) -> None:
    kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)


def test_a_wrong_object_would_be_found() -> None:
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate({"apiVersion": "v1", "kind": "Service", "spec": {"port": 1}}, "1.31", strict=True)


@each(("path", "document"), KUSTOMIZED)
def test_every_file_is_used_once_and_exists(path: Path, document: Manifest) -> None:
    named = set(document.get("resources", []))
    assert named == {one.name for one in path.parent.glob("*.yaml")} - {path.name}


@each("pod", PODS)
def test_a_pod_has_no_rights_that_it_does_not_need(pod: Manifest) -> None:
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False, "Kubernetes would add variables that begin as our settings do"
    context = pod["securityContext"]
    assert context["runAsNonRoot"] is True
    assert context["runAsUser"] > 0
    assert context["seccompProfile"]["type"] == "RuntimeDefault"


@each("container", CONTAINERS)
def test_a_container_is_locked_bounded_and_asked_how_it_is(container: Manifest) -> None:
    context = container["securityContext"]
    assert context["allowPrivilegeEscalation"] is False
    assert context["readOnlyRootFilesystem"] is True
    assert context["capabilities"] == {"drop": ["ALL"]}
    assert {"cpu", "memory"} == container["resources"]["limits"].keys() == container["resources"]["requests"].keys()
    assert {"livenessProbe", "readinessProbe"} <= container.keys()


def test_there_is_memory_for_all_that_programs_may_use_at_the_same_time() -> None:
    usual, worker = Settings(), Limits().worker_bytes
    programs = (usual.workers + usual.spares) * worker
    for name, least in (("server", programs + usual.streams * worker), ("node", programs)):
        (memory,) = [one["resources"]["limits"]["memory"] for one in CONTAINERS if one["name"] == name]
        composed = COMPOSE["services"][{"server": "app"}.get(name, name)]["mem_limit"]
        assert memory == composed.upper() + "i"
        assert int(memory.removesuffix("Gi")) << 30 > least


def test_every_pod_is_behind_a_policy_and_servers_are_never_all_away() -> None:
    found = {kind: [one for _, one in OBJECTS if one["kind"] == kind] for kind in ("NetworkPolicy", "Deployment")}
    assert {"nothing", "server", "redis", "cluster"} <= {one["metadata"]["name"] for one in found["NetworkPolicy"]}
    for name in ("PodDisruptionBudget", "HorizontalPodAutoscaler"):
        assert any(one["kind"] == name and one["metadata"]["name"] == "server" for _, one in OBJECTS)
    (scaler,) = [one["spec"] for _, one in OBJECTS if one["kind"] == "HorizontalPodAutoscaler"]
    assert scaler["minReplicas"] >= 2
    assert "replicas" not in next(one for one in found["Deployment"] if one["metadata"]["name"] == "server")["spec"]


def test_ports_and_policies_speak_of_ports_that_there_are() -> None:
    named = {port["name"] for container in CONTAINERS for port in container["ports"]}
    numbers = {port["containerPort"] for container in CONTAINERS for port in container["ports"]}
    for _, one in OBJECTS:
        if one["kind"] == "Service":
            assert {port["targetPort"] for port in one["spec"]["ports"]} <= named
        if one["kind"] == "NetworkPolicy":
            rules = [*one["spec"].get("ingress", []), *one["spec"].get("egress", [])]
            used = {port["port"] for rule in rules for port in rule.get("ports", [])}
            assert used <= named | numbers | {53, 5432}


def said() -> Iterator[tuple[str, str]]:
    """Every setting in the folder, and its value."""
    for _, one in KUSTOMIZED:
        for maps in one.get("configMapGenerator", []):
            yield from (literal.split("=", 1) for literal in maps["literals"])
    for container in CONTAINERS:
        yield from ((variable["name"], variable["value"]) for variable in container.get("env", []))
    for service in COMPOSE["services"].values():
        yield from service.get("environment", {}).items()


OTHERS = {"HOME", "SITE", "POSTGRES_DB", "POSTGRES_PASSWORD", "POSTGRES_USER"}
SAID = list(said())


@each(("name", "value"), SAID)
def test_every_setting_is_one(name: str, value: str) -> None:
    assert name in SETTINGS | OTHERS or name.startswith(DASK), name
    if name in SETTINGS and "$" not in value:
        Settings.model_validate({name.removeprefix(PREFIX).lower(): value})


def test_what_the_readme_and_the_example_name_is_a_setting() -> None:
    for path in (KUBERNETES / "README.md", DEPLOY / "env.example"):
        words = path.read_text("utf-8").replace("=", " ").replace("`", " ").split()
        assert {word for word in words if word.startswith(PREFIX)} <= SETTINGS


def test_nothing_starts_with_a_secret_that_everybody_knows() -> None:
    lines = (DEPLOY / "env.example").read_text("utf-8").splitlines()
    values = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    needed = set(re.findall(r"\$\{(\w+):\?", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert {"AUTOGRAD_SECRET", "POSTGRES_PASSWORD"} < needed
    assert {values[name] for name in needed} == {""}, "Compose asks for each that is empty"


@each("name", COMPOSE["services"])
def test_a_service_of_compose_is_locked_and_what_it_names_exists(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert set(service["networks"]) <= COMPOSE["networks"].keys()
    for mount in service.get("volumes", []):
        source = mount.split(":")[0]
        assert source in COMPOSE["volumes"] or (DEPLOY / source).is_file()
    for needed in service.get("depends_on", ()):
        assert needed in COMPOSE["services"]
    if "build" in service:
        assert (DEPLOY / service["build"]["context"] / "Dockerfile").is_file()
        assert f"ARG {next(iter(service['build']['args']))}" in (ROOT / "Dockerfile").read_text("utf-8")


def test_nodes_are_started_as_this_version_starts_them() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "dask", "worker", "--help"], capture_output=True, text=True, check=True
    )
    composed = COMPOSE["services"]["node"]["command"]
    for command in (composed, *(one["command"] for one in CONTAINERS if one["name"] == "node")):
        assert f"--preload={dask_setup.__module__}" in command
        options = {word.split("=")[0] for word in command if word.startswith("--")}
        assert not [option for option in options if option.replace("--no-", "--", 1) not in told.stdout]
