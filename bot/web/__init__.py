"""Everything HTTP; with the channels' clients the only home of aiohttp."""
