-- A change may answer a drift: put the approved content back, or take what stands on the node as the new one.
alter table change_node add column drift_answer varchar(16);
alter table change_node add column drift_approved bytea;
alter table change_node add constraint change_node_drift_answer check (drift_answer in ('put-back', 'accept'));
alter table change_node add constraint change_node_drift_both check ((drift_answer is null) = (drift_approved is null));

-- When what a push left on its node was proved; the end of a push says more than its last change of status.
alter table push add column proved_at timestamp with time zone;
update push set proved_at = status_at where status in ('restart-pending', 'in-force')
	or (status = 'rolled-back' and kind = 'back');
create index push_by_node on push (node_id, proved_at);
