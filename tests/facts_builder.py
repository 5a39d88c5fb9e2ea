"""Facts made by hand for the tests of the report's sentences, tables and charts."""

from decimal import Decimal

from analysis.report.facts import Fact, Implied, Movement

ZH = {"criminal": "刑事案件立案数", "closed": "法院结案数", "received": "法院受理案件数", "rate": "实际执结率"}
EN = {
    "criminal": "Criminal cases filed",
    "closed": "Cases closed by the courts",
    "received": "Cases received by the courts",
    "rate": "Enforcement closure rate",
}


def movement(direction="down", amount="25.44", kind="percent", basis="yoy", **more) -> Movement:
    """Make a change; amounts are written as text."""
    number = None if amount is None else Decimal(amount)
    resolution = None if number is None else Decimal(1).scaleb(number.as_tuple().exponent)
    return Movement(direction, number, kind, basis, resolution=resolution, **more)


def fact(indicator="criminal", value="12364", unit="起", ref=1, change=None, **more) -> Fact:
    """Make a fact; `change` is a mapping for `movement`, and anything else may be overridden."""
    number = None if value is None else Decimal(value)
    given = {
        "id": f"doc:{ref}", "ref": ref, "indicator": indicator, "names": {"zh": ZH.get(indicator, indicator), "en": EN.get(indicator, indicator)},
        "chapter": "services-security", "organ": "police", "polarity": "less", "whole": "", "unit": unit, "period": "2017", "scope": "",
        "kind": "actual", "qualitative": False, "comparator": "", "value": number, "value_high": None, "hedge": "",
        "resolution": None if number is None else Decimal(1).scaleb(min(0, number.as_tuple().exponent)), "as_written": f"{value}{unit}",
        "movement": movement(**change) if change is not None else None, "previous": None, "previous_hedge": "", "previous_resolution": None,
        "previous_period": "", "implied": None, "verdict": "", "doc": "doc", "start": ref * 10, "end": ref * 10 + 6,
        "quote": "一句话。", "correction": "", "starts": (ref * 10,),
    }  # fmt: skip
    names = more.pop("name", None)
    if names:
        given["names"] = names
    for key in ("previous", "resolution", "previous_resolution"):
        if more.get(key) is not None:
            more[key] = Decimal(more[key])
    if "implied" in more:
        low, high, integers = more["implied"]
        more["implied"] = Implied(Decimal(low), Decimal(high), integers, "2016")
    return Fact(**(given | more))
