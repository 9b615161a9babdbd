"""Compares SARIF documents with the object model that was generated from the OASIS schema.

Usage: sarif_names.py DOCUMENT ...

Every key has to be an attribute of its class in sarif_om, and every attribute that must be there has
to be there. Prints each error; the exit status is 1 if there is one.
"""

import json
import sys

import attr
import sarif_om

# The class of what stands under a key; where it depends on the class around it, that is named too.
CLASSES = {
    "runs": "Run",
    "tool": "Tool",
    "driver": "ToolComponent",
    "rules": "ReportingDescriptor",
    "defaultConfiguration": "ReportingConfiguration",
    "shortDescription": "MultiformatMessageString",
    "fullDescription": "MultiformatMessageString",
    "help": "MultiformatMessageString",
    "artifacts": "Artifact",
    "invocations": "Invocation",
    "toolExecutionNotifications": "Notification",
    "descriptor": "ReportingDescriptorReference",
    "results": "Result",
    "message": "Message",
    "codeFlows": "CodeFlow",
    "threadFlows": "ThreadFlow",
    "locations": "Location",
    "ThreadFlow.locations": "ThreadFlowLocation",
    "location": "Location",
    "Artifact.location": "ArtifactLocation",
    "physicalLocation": "PhysicalLocation",
    "artifactLocation": "ArtifactLocation",
    "region": "Region",
}


def errors(value, name, place):
    """Yields what is wrong with an object that should be of the class with the given name."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from errors(item, name, f"{place}/{index}")
        return
    known = {
        field.metadata["schema_property_name"]: field
        for field in attr.fields(getattr(sarif_om, name))
    }
    for key, field in known.items():
        if field.default is attr.NOTHING and key not in value:
            yield f"{place}: a {name} needs '{key}'"
    for key, inner in value.items():
        if key not in known:
            yield f"{place}: a {name} has no '{key}'"
        inner_name = CLASSES.get(f"{name}.{key}") or CLASSES.get(key)
        if inner_name:
            yield from errors(inner, inner_name, f"{place}/{key}")


failed = False
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        for text in errors(json.load(file), "SarifLog", path):
            failed = True
            print(text)
sys.exit(1 if failed else 0)
