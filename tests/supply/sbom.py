"""The bill of materials: all parts, in CycloneDX."""

from collections.abc import Iterable

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from app import __version__
from tests.supply.parts import OURS, Part


def bill(parts: Iterable[Part]) -> str:
    """The document; ValueError where it is not as the standard has it."""
    bom = Bom()
    bom.metadata.component = product = Component(
        name=OURS, version=__version__, type=ComponentType.APPLICATION, bom_ref=OURS
    )
    components = [_component(part) for part in parts]
    bom.components.update(components)
    bom.register_dependency(product, components)
    text = JsonV1Dot6(bom).output_as_string(indent=2)
    if problem := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(problem)
    return text


def _component(part: Part) -> Component:
    space, _, name = part.name.rpartition("/")
    place = PackageURL(part.registry, space or None, name, part.version)
    return Component(
        name=part.name,
        version=part.version,
        type=ComponentType.LIBRARY,
        purl=place,
        bom_ref=str(place),
        licenses=[DisjunctiveLicense(name=part.licence)] if part.licence else [],
    )
