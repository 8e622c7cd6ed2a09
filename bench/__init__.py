"""How fast and how small the product is, as ratios against baselines in the same run."""
