"""Residents' groups in WeChat that a member owns (客户群), and reports made there. Source: docs/customer-groups.md."""
