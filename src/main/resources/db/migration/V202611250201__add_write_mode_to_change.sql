-- Which file a change writes on a node, and why that one: nova.conf itself, or a small file in the folder beside it.
alter table change_node add column write_mode varchar(16) default 'in-place' not null;
alter table change_node add column write_reason varchar(2000) default '' not null;
alter table change_node add column nova_conf varchar(1000);
alter table change_node add column older_path varchar(1000);
alter table change_node add column around_sha256 varchar(64);
alter table change_node add constraint change_node_write_mode check (write_mode in ('in-place', 'drop-in'));
update change_node set nova_conf = path;
alter table change_node alter column nova_conf set not null;
