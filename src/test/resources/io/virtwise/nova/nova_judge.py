"""The nova of this machine says what it thinks of nova.conf files.

usage: nova_judge.py URI     URI is that of a libvirt daemon; one JSON object per line in, one per line out:
                             {"file": path} asks nova what it says to the file, {"daemon": [flags]} asks what the
                             daemon offers, and which of its CPU models and of these flags the host's processor has
"""
import json
import logging
import sys

import libvirt
from oslo_config import cfg

import nova.conf
from nova import context  # noqa: F401, brings the objects that the driver needs
from nova import exception
from nova import version
from nova.virt import fake
from nova.virt.libvirt import driver

CONF = nova.conf.CONF
URI = sys.argv[1]
logging.disable(logging.CRITICAL)
libvirt.registerErrorHandler(lambda ctx, error: None, None)
drivers = {}


def read(path):
    """Reads the file as nova-compute does, and has every option that decides checked against its choices."""
    CONF([], project='nova', version='26', default_config_files=[path], default_config_dirs=[])
    CONF.set_override('connection_uri', URI, group='libvirt')
    CONF.compute_driver
    for name in ('virt_type', 'cpu_mode', 'cpu_models', 'cpu_model_extra_flags'):
        CONF.libvirt[name]


def libvirt_driver():
    virt_type = CONF.libvirt.virt_type
    if virt_type not in drivers:
        drivers[virt_type] = driver.LibvirtDriver(fake.FakeVirtAPI())
    return drivers[virt_type]


def judge(path):
    try:
        read(path)
    except (cfg.ConfigFileParseError, cfg.ConfigFileValueError, ValueError) as fault:
        return {'when': 'load', 'message': str(fault)}
    try:
        libvirt_driver()._check_cpu_compatibility()
    except exception.NovaException as refusal:
        return {'when': 'start', 'message': str(refusal)}
    return {}


def fits(connection, model, flag=None):
    feature = '<feature name="%s" policy="require"/>' % flag if flag else ''
    xml = '<cpu match="exact"><model>%s</model>%s</cpu>' % (model, feature)
    try:
        return connection.compareCPU(xml, 0) > 0
    except libvirt.libvirtError:
        return False


def daemon(flags):
    CONF([], project='nova', default_config_files=[], default_config_dirs=[])
    CONF.set_override('connection_uri', URI, group='libvirt')
    host = libvirt_driver()._host
    connection = host.get_connection()
    cpu = host.get_capabilities().host.cpu
    domains = []
    for virt_type in ('kvm', 'qemu'):
        try:
            domains.append(connection.getDomainCapabilities(None, cpu.arch, None, virt_type, 0))
        except libvirt.libvirtError:
            pass
    return {'models': {name: fits(connection, name) for name in host.get_cpu_model_names()},
            'flags': {name: fits(connection, cpu.model, name) for name in flags},
            'capabilities': connection.getCapabilities(), 'domainCapabilities': domains,
            'release': version.version_string()}


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(judge(asked['file']) if 'file' in asked else daemon(asked['daemon'])), flush=True)
