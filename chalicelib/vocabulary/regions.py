"""The city and its areas, as addresses name them (GB/T 2260; docs/domain.md §1.9 区划 Regions)."""

PROVINCE, CITY = "四川省", "成都市"
COUNTIES = (
    *(
        "锦江区",
        "青羊区",
        "金牛区",
        "武侯区",
        "成华区",
        "龙泉驿区",
        "青白江区",
        "新都区",
        "温江区",
        "双流区",
        "郫都区",
        "新津区",
    ),
    *("金堂县", "大邑县", "蒲江县", "都江堰市", "彭州市", "邛崃市", "崇州市", "简阳市"),
)
FUNCTIONAL = ("高新技术产业开发区", "高新区", "天府新区", "东部新区")
"""What people write where a county should stand: areas run like one, without a code in GB/T 2260."""
