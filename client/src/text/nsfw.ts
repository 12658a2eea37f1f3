/** PeerTube's policies for videos with sensitive content. */
export const nsfwPolicies = [
  { value: 'do_not_list', label: 'Are not listed' },
  { value: 'warn', label: 'Are listed with a warning' },
  { value: 'blur', label: 'Are listed with a blurred picture' },
  { value: 'display', label: 'Are shown like all others' }
]
