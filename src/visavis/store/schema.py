"""How a typed record becomes a row and comes back: the Arrow schema of a Struct is derived from its annotations.

str, int, float, bool, bytes keep their names; `X | None` is a nullable column; a NamedTuple or a Struct is a struct;
`tuple[X, ...]` is a list; `dict[str, X]` is a map. Nothing else may stand in a stored Struct.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
from msgspec import Struct

S = TypeVar("S", bound=Struct)
Codec = Callable[[Any], Any]

_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
}


@cache
def fields(struct: Any) -> dict[str, Any]:
    """The columns of a Struct or NamedTuple in their order: {name: annotation}."""
    hints = get_type_hints(struct)
    names: Iterable[str] = getattr(struct, "__struct_fields__", None) or struct._fields
    return {name: hints[name] for name in names}


def optional(hint: Any) -> tuple[Any, bool]:
    """The annotation without its `| None`, and whether it had one."""
    if get_origin(hint) in (Union, types.UnionType):
        rest = [arg for arg in get_args(hint) if arg is not type(None)]
        return rest[0], len(rest) < len(get_args(hint))
    return hint, False


def arrow_type(hint: Any) -> pa.DataType:
    """The Arrow type of an annotation; raises TypeError for one that cannot be stored."""
    hint, _ = optional(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin = get_origin(hint)
    if origin is Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(pa.field("element", arrow_type(get_args(hint)[0])))
    if origin is dict:
        return pa.map_(pa.string(), arrow_type(get_args(hint)[1]))
    if _is_row(hint):
        return pa.struct([(name, arrow_type(kind)) for name, kind in fields(hint).items()])
    raise TypeError(f"{hint!r} cannot be a column")


@cache
def arrow_schema(struct: Any) -> pa.Schema:
    """The Arrow schema of a Struct, one field per attribute, in order."""
    return pa.schema([(name, arrow_type(hint)) for name, hint in fields(struct).items()])


def type_name(hint: Any) -> str:
    """An annotation as the documentation writes it: `text`, `list<{start: integer, end: integer}>`, `text or null`."""
    hint, nullable = optional(hint)
    plain = {str: "text", int: "integer", float: "number", bool: "true/false", bytes: "bytes"}
    origin = get_origin(hint)
    if hint in plain:
        name = plain[hint]
    elif origin is Literal:
        name = "text"
    elif origin is tuple:
        name = f"list<{type_name(get_args(hint)[0])}>"
    elif origin is dict:
        name = f"map<text, {type_name(get_args(hint)[1])}>"
    else:
        name = "{" + ", ".join(f"{key}: {type_name(kind)}" for key, kind in fields(hint).items()) + "}"
    return f"{name} or null" if nullable else name


def to_arrow(struct: type[S], rows: Sequence[S]) -> pa.Table:
    """The rows as an Arrow table in the Struct's schema."""
    schema = arrow_schema(struct)
    columns = []
    for name, hint in fields(struct).items():
        encode = _encoder(hint)
        values = [getattr(row, name) for row in rows]
        columns.append(pa.array([encode(v) for v in values] if encode else values, schema.field(name).type))
    return pa.Table.from_arrays(columns, schema=schema)


def from_arrow(struct: type[S], table: pa.Table) -> Iterator[S]:
    """The table's rows as Structs. A column that an older record lacks takes the Struct's default."""
    names, columns = [], []
    for name, hint in fields(struct).items():
        if name in table.column_names:
            decode = _decoder(hint)
            values = table.column(name).to_pylist()
            names.append(name)
            columns.append([None if v is None else decode(v) for v in values] if decode else values)
    may_be_null = {name for name, hint in fields(struct).items() if optional(hint)[1]}
    for values in zip(*columns, strict=True):
        given = {k: v for k, v in zip(names, values, strict=True) if v is not None or k in may_be_null}
        yield struct(**given)


def conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table with exactly the columns of `schema`: missing ones null, others left out, types cast."""
    columns = [
        table.column(f.name).cast(f.type) if f.name in table.column_names else pa.nulls(len(table), f.type)
        for f in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _is_row(hint: Any) -> bool:
    return isinstance(hint, type) and (hasattr(hint, "__struct_fields__") or hasattr(hint, "_fields"))


@cache
def _encoder(hint: Any) -> Codec | None:
    """How a value becomes what pyarrow takes; None when it does so as it is."""
    hint, nullable = optional(hint)
    origin = get_origin(hint)
    if origin is dict:
        return lambda value: sorted(value.items())
    if origin is tuple:
        inner = _encoder(get_args(hint)[0])
        return None if inner is None else lambda value: [inner(v) for v in value]
    if not _is_row(hint):
        return None
    parts = [(name, _encoder(kind)) for name, kind in fields(hint).items()]

    def encode(value: Any) -> dict[str, Any] | None:
        if value is None and nullable:
            return None
        return {n: getattr(value, n) if inner is None else inner(getattr(value, n)) for n, inner in parts}

    return encode


@cache
def _decoder(hint: Any) -> Codec | None:
    """How a value from pyarrow becomes what the Struct holds; None when it does so as it is."""
    hint, _ = optional(hint)
    origin = get_origin(hint)
    if origin is dict:
        return dict
    if origin is tuple:
        inner = _decoder(get_args(hint)[0])
        return tuple if inner is None else lambda value: tuple([inner(v) for v in value])
    if not _is_row(hint):
        return None
    parts = [(name, _decoder(kind)) for name, kind in fields(hint).items()]
    build = typing.cast(Callable[..., Any], hint)

    def decode(value: dict[str, Any]) -> Any:
        given = ((n, value.get(n), inner) for n, inner in parts)
        return build(**{n: v if inner is None or v is None else inner(v) for n, v, inner in given})

    return decode
