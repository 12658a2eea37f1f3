-- The pictures of the instance.
select kind, images, changed_at from instance_pictures
