"""Weizhan, a residential community's assistant inside WeChat."""
