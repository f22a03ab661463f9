"""Lets the oslo.config of this machine read files, and prints one JSON line for each.

usage: judge.py LIST     LIST holds one path per line; a line of several paths joined by
                         tabs is read as a service would read them, in that order.
"""
import json
import sys

from oslo_config import cfg
from oslo_config import iniparser


class Parser(cfg.ConfigParser):
    """The real parser; only bytes that are not UTF-8 do not end it."""

    def parse(self):
        with open(self.filename, encoding='utf-8', errors='surrogateescape') as f:
            return iniparser.BaseParser.parse(self, f.readlines())


def judge(path):
    sections = {}
    parser = Parser(path, sections)
    try:
        parser.parse()
    except iniparser.ParseError as fault:
        sentence = str(cfg.ConfigFileParseError(fault.filename, str(fault)))
        return {'error': {'line': fault.lineno, 'message': fault.msg, 'sentence': sentence}}
    return {'sections': sections}


def effective(paths):
    """Through the front door: what a service gets for these options."""
    conf = cfg.ConfigOpts()
    conf.register_opts([cfg.StrOpt('compute_driver'), cfg.StrOpt('debug')])
    conf.register_opts([cfg.StrOpt('virt_type'), cfg.StrOpt('cpu_mode'),
                        cfg.StrOpt('cpu_models', deprecated_name='cpu_model')], group='libvirt')
    try:
        conf([], project='virtwise-test', default_config_files=paths, default_config_dirs=[])
        values = {'DEFAULT/compute_driver': conf.compute_driver, 'DEFAULT/debug': conf.debug}
        for name in ('virt_type', 'cpu_mode', 'cpu_models'):
            values['libvirt/' + name] = conf.libvirt[name]
        return {'effective': values}
    except cfg.ConfigFileParseError as fault:
        return {'effective_error': str(fault)}
    except UnicodeDecodeError as fault:
        return {'not_utf8': str(fault)}


with open(sys.argv[1]) as listing:
    for line in listing.read().splitlines():
        paths = line.split('\t')
        answer = effective(paths)
        if len(paths) == 1:
            answer.update(judge(paths[0]))
        print(json.dumps(answer))
