-- Which facts a node has is found without reading the facts, which are long: H2 reads a whole row for one column of it.
create index fact_snapshot_hash on fact_snapshot (id, facts_sha256);
create index node_assessment_snapshot on node_assessment (id, snapshot_id);
