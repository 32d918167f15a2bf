"""What several adapters need, and no platform's library: an adapter may import it, and no other adapter."""
