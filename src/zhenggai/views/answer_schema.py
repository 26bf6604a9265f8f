"""The JSON Schema (draft 2020-12) of a report: names and titles from its ``Keys``, types from annotations.

What ``render.json_.plain`` makes of a value, ``_Forms.of`` says of a type. A type that it does not know is a TypeError.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from inspect import get_annotations
from operator import attrgetter
from types import NoneType, SimpleNamespace, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from zhenggai.frozen import types_of
from zhenggai.model.labels import LABELS
from zhenggai.views.columns import Key, Keys, ListOf, ObjectOf, Through
from zhenggai.views.money_keys import MONEY, MONEY_OF_PLANS
from zhenggai.views.several_plans import PLANS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_PLAIN: Mapping[object, Schema] = {
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
    Decimal: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
}


def schema_of(title: str, reports: Sequence[tuple[str, Keys[Any], bool]], *, of_plans: bool = False) -> Schema:
    """The schema of an answer that is one of some reports. Each has a title, its keys, and whether it has all of them.

    ``of_plans``: where several plans are asked, the answer is a list of such reports under ``PLANS``.
    """
    defs: Schema = {}
    shapes = [{"title": name, **_Forms(defs, complete).of(keys)} for name, keys, complete in reports]
    whole = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    if of_plans:
        defs["one"] = whole
        one = {"$ref": "#/$defs/one"}
        money = any(MONEY in keys.keys for _, keys, _ in reports)
        sums = _Forms(defs, complete=True).of(Keys[Any](MONEY_OF_PLANS))["properties"] if money else {}
        several = {
            "title": "几个方案的，一个方案一项",
            "type": "object",
            "properties": {PLANS: {"title": "各方案", "type": "array", "items": one}, **sums},
            "required": [PLANS],
            "additionalProperties": False,
        }
        whole = {"anyOf": [one, several]}
    return {"$schema": DRAFT, **whole, "title": title, **({"$defs": defs} if defs else {})}


class _Forms:
    """Makes the schemas of types; enums are put into ``defs``."""

    def __init__(self, defs: Schema, complete: bool) -> None:
        self.defs, self.complete = defs, complete

    def of(self, what: Any) -> Schema:
        """The schema of a type, a ``Keys``, ``ObjectOf`` or ``ListOf``."""
        if isinstance(what, Keys):
            members = {key.key: (key.title, type_of(key, what.item), key.optional) for key in what.keys}
            return self._object(members)
        if isinstance(what, ObjectOf):
            return self.of(what.keys())
        if isinstance(what, ListOf):
            keys = what.keys if isinstance(what.keys, Keys) else what.keys()
            return {"type": "array", "items": self.of(keys)}
        if what in _PLAIN:
            return dict(_PLAIN[what])
        origin, arguments = get_origin(what), get_args(what)
        if origin is Literal:
            return self._literal(arguments)
        if origin in (Union, UnionType):
            return self._union(arguments)
        if origin in (list, Sequence) or (origin is tuple and arguments[1:] == (...,)):
            return {"type": "array", "items": self.of(arguments[0])}
        if origin in (dict, Mapping):
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if isinstance(what, type) and issubclass(what, Enum):
            self.defs[what.__name__] = {"enum": [member.value for member in what]}
            return {"$ref": f"#/$defs/{what.__name__}"}
        if is_typeddict(what) or is_dataclass(what):
            hints = (
                get_type_hints(what)
                if is_typeddict(what)
                else {name: _attribute(what, name) for name in types_of(what)}
            )
            return self._object({name: (LABELS.get(name, ""), hint, False) for name, hint in hints.items()})
        raise TypeError(f"no JSON form for {what}")

    def _object(self, members: Mapping[str, tuple[str, Any, bool]]) -> Schema:
        made: Schema = {
            "type": "object",
            "properties": {
                name: {**({"title": title} if title else {}), **self.of(what)}
                for name, (title, what, _) in members.items()
            },
        }
        if self.complete:
            made["required"] = [name for name, (_, _, optional) in members.items() if not optional]
        return {**made, "additionalProperties": False}

    def _literal(self, values: Sequence[object]) -> Schema:
        plain = [value.value if isinstance(value, Enum) else value for value in values]
        return {"const": plain[0]} if len(plain) == 1 else {"enum": plain}

    def _union(self, members: Sequence[object]) -> Schema:
        choices = [choice for member in members if get_origin(member) is Literal for choice in get_args(member)]
        made = [self.of(member) for member in members if get_origin(member) is not Literal]
        made += [self._literal(list(dict.fromkeys(choices)))] if choices else []
        if len(made) == 1:
            return made[0]
        if all(shape.keys() == {"type"} for shape in made):
            return {"type": [shape["type"] for shape in made]}
        return {"anyOf": made}


def type_of(key: Key[Any], item: Any) -> Any:
    """What the value of a key is. TypeError if neither ``gives`` nor an annotation says it."""
    if key.gives is not None:
        return key.gives
    if isinstance(key.get, Through):
        return type_of(key.get.key, key.get.keys.item)
    if isinstance(key.get, attrgetter):
        paths: Any = key.get.__reduce__()[1]
        return _at(item, paths[0])
    return _at(item, key.key) if key.get is None else _returned(key.get, key.key)


def _at(item: Any, path: str) -> Any:
    for name in path.split("."):
        item = _attribute(item, name)
    return item


def _attribute(cls: Any, name: str) -> Any:
    """The type of an attribute or property."""
    for base in cls.__mro__:
        if (hint := get_annotations(base).get(name)) is not None:
            return _evaluated(hint, vars(sys.modules[base.__module__]), f"{cls.__name__}.{name}")
        member = vars(base).get(name)
        if isinstance(member, property):
            return _returned(member.fget, f"{cls.__name__}.{name}")
        if isinstance(member, cached_property):
            return _returned(member.func, f"{cls.__name__}.{name}")
    raise TypeError(f"{cls.__name__} has no {name}")


def _returned(function: Any, name: str) -> Any:
    hint = getattr(function, "__annotations__", {}).get("return")
    return _evaluated(hint, getattr(function, "__globals__", {}), name)


def _evaluated(hint: object, names: dict[str, Any], key: str) -> Any:
    if hint is None:
        raise TypeError(f"{key}: say what it gives")
    try:
        return get_type_hints(SimpleNamespace(__annotations__={"it": hint}), names)["it"]
    except NameError as error:
        raise TypeError(f"{key}: say what it gives ({error})") from None
