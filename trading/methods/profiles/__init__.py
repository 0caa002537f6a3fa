"""Every project type 项目类型档案: one file a type, gathered here by its code."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from trading.codelists import ProjectType
from trading.methods.profile import Profile
from trading.methods.profiles import (
    administrative_assets,
    government_otherwise,
    government_tender,
    land,
    other_rights,
    state_assets,
    village_assets,
    works,
)

PROFILES: Mapping[ProjectType, Profile] = MappingProxyType(
    {
        module.PROFILE.type: module.PROFILE
        for module in (
            works,
            government_tender,
            government_otherwise,
            land,
            state_assets,
            administrative_assets,
            village_assets,
            other_rights,
        )
    }
)

__all__ = ["PROFILES", "Profile"]
