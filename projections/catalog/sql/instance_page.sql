-- A page of the instance.
select content from instance_pages where name = $1
