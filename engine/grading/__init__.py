"""Many learners' engines, graded file by file in processes of their own; as text, JSON, JUnit XML or CSV."""
