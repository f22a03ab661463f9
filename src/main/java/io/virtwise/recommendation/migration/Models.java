package io.virtwise.recommendation.migration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.virtwise.nova.X86CpuModels;
import org.jspecify.annotations.Nullable;

/**
 * The named CPU models in their order from old to new.
 */
final class Models {

	private static final List<String> OLD_TO_NEW = X86CpuModels.oldToNew();

	private static final Map<String, Integer> RANKS = IntStream.range(0, OLD_TO_NEW.size())
		.boxed()
		.collect(Collectors.toUnmodifiableMap((at) -> OLD_TO_NEW.get(at).toLowerCase(Locale.ROOT), (at) -> at + 1));

	private Models() {
	}

	static List<String> oldToNew() {
		return OLD_TO_NEW;
	}

	/** The place of a model from 1; 0 for one that we do not know. */
	static int rank(String model) {
		return RANKS.getOrDefault(model.toLowerCase(Locale.ROOT), 0);
	}

	static boolean isOf(String model, @Nullable String vendor) {
		return vendor != null && X86CpuModels.vendor(model).filter(vendor::equals).isPresent();
	}

}
