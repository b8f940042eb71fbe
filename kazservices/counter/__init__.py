"""The counter of an office: who came, how long he waited, how long he was served; in working minutes."""
