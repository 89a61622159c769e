// ChecklistFiles
