"""The words of the example form on the page that shows the design system."""

NAME, KIND, SEATS, TEXT, OPEN = "名称", "类型", "座位数", "说明", "现在开放"
TEXT_HINT = "居民会看到，一两句就好"
KINDS = ("生活服务", "学习")
SAVED_NAME, SAVED_TEXT = "示例站点", "示例文字"
