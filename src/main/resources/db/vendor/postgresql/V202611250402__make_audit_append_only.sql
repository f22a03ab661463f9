-- Nobody alters the log through the portal's account by accident or by an injected statement; whoever switches the
-- trigger off first is told by the chain, and by the copy that was forwarded.
create function audit_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only';
end
$$;

create trigger audit_entry_append_only before update or delete on audit_entry
    for each row execute function audit_append_only();

create trigger audit_entry_keeps_all before truncate on audit_entry
    for each statement execute function audit_append_only();

create function audit_head_forward() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' or new.name <> old.name or new.seq <> old.seq + 1 then
        raise exception 'the end of the audit log moves by one';
    end if;
    return new;
end
$$;

create trigger audit_head_forward before update or delete on audit_head
    for each row execute function audit_head_forward();
