  -- What lists of reports and their totals search in.
  from abuses b
  left join videos v on v.id = b.video_id
  left join channels ch on ch.id = v.channel_id
  left join comments c on c.number = b.comment_number
  left join videos cv on cv.id = b.comment_video_id
  left join accounts reporter on reporter.id = b.reporter_account_id
  left join accounts flagged on flagged.id = b.flagged_account_id
