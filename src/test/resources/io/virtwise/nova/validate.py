"""Runs oslo-config-validator over many files in one process, with nova's own options.

usage: validate.py LIST     LIST holds one path per line; prints one JSON line for each: what the validator complains of
"""
import json
import logging
import sys

from oslo_config import cfg
from oslo_config import generator
from oslo_config import validator

NAMESPACES = ['nova.conf', 'oslo.log', 'oslo.messaging', 'keystonemiddleware.auth_token']


class Complaints(logging.Handler):

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        if record.levelno >= logging.WARNING:
            self.lines.append(record.getMessage())


def options():
    conf = cfg.ConfigOpts()
    validator._register_cli_opts(conf)
    conf(['--input-file', '/dev/null'])
    groups = generator._get_groups(generator._list_opts(NAMESPACES))
    return generator._generate_machine_readable_data(groups, conf)


known = options()
# the tool would read the same from a YAML file, anew for each file that it validates
validator.load_opt_data = lambda conf: known
complaints = Complaints()
logging.getLogger().addHandler(complaints)
with open(sys.argv[1]) as listing:
    paths = listing.read().splitlines()
for path in paths:
    complaints.lines = []
    sys.argv[1:] = ['--fatal-warnings', '--opt-data', 'known', '--input-file', path]
    status = validator.main()
    print(json.dumps({'status': int(bool(status)), 'complaints': complaints.lines}))
