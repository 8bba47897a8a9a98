"""The city and its areas, as addresses name them (GB/T 2260; docs/domain.md §1.9 区划 Regions)."""

PROVINCE, CITY = "四川省", "成都市"
AREAS: dict[str, str] = {
    "510104": "锦江区",
    "510105": "青羊区",
    "510106": "金牛区",
    "510107": "武侯区",
    "510108": "成华区",
    "510112": "龙泉驿区",
    "510113": "青白江区",
    "510114": "新都区",
    "510115": "温江区",
    "510116": "双流区",
    "510117": "郫都区",
    "510118": "新津区",
    "510121": "金堂县",
    "510129": "大邑县",
    "510131": "蒲江县",
    "510181": "都江堰市",
    "510182": "彭州市",
    "510183": "邛崃市",
    "510184": "崇州市",
    "510185": "简阳市",
}
CITY_CODE = "510100"
COUNTIES = tuple(AREAS.values())
FUNCTIONAL = ("高新技术产业开发区", "高新区", "天府新区", "东部新区")
"""What people write where a county should stand: areas run like one, without a code in GB/T 2260."""


def level(region: str) -> str:
    """Return the level of government a region code is of (GB/T 39046-2020 A.2): city, county, street, village."""
    if len(region) > 6:
        return "6" if len(region) > 9 and region[9:].strip("0") else "5" if region[6:].strip("0") else level(region[:6])
    return "3" if region.endswith("00") else "4"


def treasury(region: str) -> str:
    """Name whose treasury (财政) pays for what is done in a region."""
    area = CITY if region[:6] == CITY_CODE else AREAS.get(region[:6], region)
    return f"{area}财政" if level(region) in ("3", "4") else f"{area}（{region}）财政"
