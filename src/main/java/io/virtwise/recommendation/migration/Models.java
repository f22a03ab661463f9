package io.virtwise.recommendation.migration;

import java.util.List;

import io.virtwise.nova.X86CpuModels;
import org.jspecify.annotations.Nullable;

/**
 * The named CPU models in their order from old to new.
 */
final class Models {

	private static final List<String> OLD_TO_NEW = X86CpuModels.oldToNew();

	private Models() {
	}

	static List<String> oldToNew() {
		return OLD_TO_NEW;
	}

	/** The place of a model from 1; 0 for one that we do not know. */
	static int rank(String model) {
		for (int at = 0; at < OLD_TO_NEW.size(); at++) {
			if (OLD_TO_NEW.get(at).equalsIgnoreCase(model)) {
				return at + 1;
			}
		}
		return 0;
	}

	static boolean isOf(String model, @Nullable String vendor) {
		return vendor != null && X86CpuModels.vendor(model).filter(vendor::equals).isPresent();
	}

}
