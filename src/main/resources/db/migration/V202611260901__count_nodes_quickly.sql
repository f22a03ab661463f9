-- The groups that nodes are in, without reading the nodes.
create index node_by_group_and_removal on node (node_group, removed_at);
-- The first nodes of many changes, and all of one in their order.
create index change_node_by_position on change_node (change_id, position);
