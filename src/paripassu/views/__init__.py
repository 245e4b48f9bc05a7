"""What people read off a State: statement, register, diary, explanation."""
