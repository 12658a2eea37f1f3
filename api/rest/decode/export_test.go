package decode

// NewFields are fields of values, and SetForm one form value put under its name.
func NewFields(values map[string]any) *Fields { return &Fields{values: values} }

var SetForm = setForm
