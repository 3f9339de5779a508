"""The web application, as the server loads it."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from linli.config.processes import end_with_parent

# a worker whose server was killed would hold the port and answer on
end_with_parent()
# a short answer waits for a thread that computes at most so long, not five times as long
sys.setswitchinterval(0.001)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application = get_wsgi_application()
