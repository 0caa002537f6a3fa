"""Wutong 五统: the platform on which a county trades its public resources 公共资源交易平台."""
