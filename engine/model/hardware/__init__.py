"""What the computer has: devices, memory, threads, speed."""
