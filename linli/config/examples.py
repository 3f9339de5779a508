"""What a village's own app sends, by shape of the contract: invented people, places of the demo."""

from __future__ import annotations

from typing import Any

VILLAGE = "441900990201"
EXAMPLES_OF: dict[str, list[dict[str, Any]]] = {
    "CasesReportIn": [
        {"text": "榕树头的路灯三天不亮了", "place": VILLAGE, "where": "榕树头小公园", "matter": "complaint"},
        {
            "text": "垃圾没有清运", "lon": 113.75, "lat": 23.02, "matter": "complaint", "naming": "named",
            "contact": {"name": "陈生", "phone": "13800000990"}, "by_sms": True,
            "photos": [], "answers": {},
        },
    ],
    "CasesWordIn": [{"text": "今天又停了一辆车在消防通道"}],
    "OfferingsApplicationIn": [
        {
            "item": "residence-permit", "place": VILLAGE, "answers": {"whose": "own"},
            "applicant": {"name": "陈小明", "id_number": "11010519491231002X", "phone": "13800000990"},
            "brought": ["id-card"], "delivery": "counter", "by_sms": True,
            "uuid": "5f0c3d0e-2d0e-4b0e-9a55-0c5f6a1f7a11",
        }
    ],
    "OfferingsBookSlotIn": [
        {"window": 3, "starts_at": "2026-11-25T09:30:00+08:00", "item": "residence-permit", "name": "陈生", "phone": "13800000990"}
    ],
    "OfferingsSlotMoveIn": [{"window": 3, "starts_at": "2026-11-26T10:00:00+08:00"}],
    "OfferingsAskHomeIn": [
        {"item": "care-grant", "place": VILLAGE, "name": "莫婆婆", "phone": "13800000914", "address": "东头坊二巷7号", "note": "耳背，请大声叫门"}
    ],
    "OfferingsEnterIn": [{"wishes": ["2026-12-01", "2026-12-02"], "name": "陈生", "phone": "13800000990"}],
    "OfferingsDrawTicketIn": [{"priority": "elder"}],
    "OfferingsRateIn": [{"grade": 5}, {"grade": 2, "why": ["slow"]}],
    "ActivitiesBookIn": [
        {
            "starts_at": "2026-11-28T19:00:00+08:00", "ends_at": "2026-11-28T20:00:00+08:00", "name": "黄姨",
            "phone": "13800000913", "purpose": "dance", "people": 12, "is_neighbour": True,
        }
    ],
    "ActivitiesEnrolIn": [
        {"takers": [{"name": "陈小朋", "born": 2016}], "phone": "13800000990", "guardian": "陈生", "is_neighbour": True}
    ],
    "ActivitiesCultureWishIn": [{"subject": "film", "text": "想看露天电影"}],
    "PortalGiveIn": [{"text": "字太小，看不清", "page": "/zh-hans/places/441900990201/"}],
    "OfferingsCellsIn": [{"edition": 1, "cells": [{"column": 3, "value": "12"}, {"column": 4, "value": "51", "reason": "含去年结转"}]}],
    "OfferingsReportRowIn": [
        {"edition": 2, "act": "changed", "row": "1024", "cells": {"person.phone": "13800000990"}, "reason": "换了号码"},
        {"edition": 3, "act": "struck", "row": "1025", "reason": "上周搬走"},
    ],
    "OfferingsHomeMoveIn": [{"on": "2026-12-02", "half": "am", "edition": 1}, {"reason": "台风停办"}],
}  # fmt: skip
