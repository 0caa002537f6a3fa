"""The application as gunicorn serves it 服务入口."""

from trading.app import create_app

app = create_app()
