"""What the server does when clients, disks, clocks and signals misbehave."""
