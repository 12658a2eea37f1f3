-- Avatars and banners in the order of their names, bytewise: that of a folder listing, so that both can be walked together.
select 'actor-images', '00000000-0000-0000-0000-000000000000'::uuid, i.file_name, i.bytes, i.since, false
  from actor_images i
 order by i.file_name collate "C"
