"""The cover sheet of every case: who asks whom for what, where it stands, and the journal that proves it."""
