"""What stands above the pages of the learning station: a tab for each of them."""

TITLE = "学习"
TABS = (
    ("/console/courses", "课程"),
    ("/console/study", "学时"),
    ("/console/offers", "讲师"),
    ("/console/members", "党员"),
    ("/console/pushes", "推送"),
)
