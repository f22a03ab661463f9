"""What nova-compute reads, by nova's own code and oslo.config, as JSON.

usage: nova_reads.py [ARGUMENT]...     with the arguments that nova-compute would be started with
"""
import json
import sys

import nova.conf
from nova import config

arguments = sys.argv[1:]
sys.argv[0] = '/usr/bin/nova-compute'
config.parse_args(['/usr/bin/nova-compute'] + arguments, configure_db=False, init_rpc=False)
CONF = nova.conf.CONF
print(json.dumps({'virt_type': CONF.libvirt.virt_type, 'cpu_mode': CONF.libvirt.cpu_mode,
                  'cpu_models': CONF.libvirt.cpu_models, 'cpu_model_extra_flags': CONF.libvirt.cpu_model_extra_flags,
                  'my_ip': CONF.my_ip}))
