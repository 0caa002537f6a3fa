"""The application as gunicorn serves it 服务入口."""

from trading.app import check_record, create_app

app = create_app()
check_record(app)
