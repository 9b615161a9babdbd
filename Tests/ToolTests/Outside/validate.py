"""Compares JSON documents with JSON Schemas.

Usage: validate.py [--closed] SCHEMA DOCUMENT [SCHEMA DOCUMENT ...]

With --closed, keys that a schema does not name are errors even where it lets others add some: what
we write ourselves has to be described. Prints each error; the exit status is 1 if there is one.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")
import jsonschema


def close(schema):
    """Forbids keys that are not named, wherever nothing else is said about them."""
    if isinstance(schema, dict):
        if "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
        for key, part in schema.items():
            # What only decides between cases does not describe an object.
            if key not in ("if", "then", "else", "not"):
                close(part)
    elif isinstance(schema, list):
        for part in schema:
            close(part)


def main(words):
    is_closed = words[:1] == ["--closed"]
    words = words[is_closed:]
    failed = False
    for schema_path, path in zip(words[::2], words[1::2]):
        with open(schema_path, encoding="utf-8") as file:
            schema = json.load(file)
        with open(path, encoding="utf-8") as file:
            document = json.load(file)
        kind = jsonschema.validators.validator_for(schema)
        kind.check_schema(schema)
        if is_closed:
            close(schema)
        validator = kind(schema, format_checker=jsonschema.FormatChecker())
        for error in validator.iter_errors(document):
            failed = True
            place = "/".join(str(part) for part in error.absolute_path)
            print(f"{path}: {place}: {error.message[:300]}")
    return 1 if failed else 0


sys.exit(main(sys.argv[1:]))
