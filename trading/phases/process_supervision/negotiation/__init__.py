"""Negotiation 谈判磋商: talks, final offers, a price agreed with the one supplier."""
