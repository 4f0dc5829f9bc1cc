"""What goes on here, in numbers for Prometheus."""

from ipaddress import ip_address, ip_network

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.exposition import generate_latest

from app.http.errors import NOT_FOUND, Problem
from app.metrics import registry
from app.routes.programs import NOT_KEPT
from app.services import services

METRICS = "/metrics"
FORWARDED = frozenset({"forwarded", "via", "x-forwarded-for", "x-real-ip"})

router = APIRouter(include_in_schema=False)


@router.get(METRICS)
async def metrics(request: Request) -> Response:
    """Tell those who may know; to others there is nothing here."""
    shared = services(request)
    if not _is_known(request, shared.settings.metrics):
        raise Problem(NOT_FOUND, NOT_FOUND.meaning)
    return Response(generate_latest(registry(shared)), headers={**NOT_KEPT, "Content-Type": CONTENT_TYPE_LATEST})


def _is_known(request: Request, networks: str) -> bool:
    """Whether a request comes from one of the networks, and nobody has passed it on: they would seem to be inside."""
    if request.client is None or FORWARDED.intersection(request.headers):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in ip_network(network) for network in networks.split())
