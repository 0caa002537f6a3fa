"""Variants of a tender 招标方式: rounds before the notice, several lots, order 87."""
