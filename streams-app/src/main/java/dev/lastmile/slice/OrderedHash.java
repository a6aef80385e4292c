package dev.lastmile.slice;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A map that finds by hash and is gone through in the order of its keys: for what every delta looks up by slice, while new
 * slices are rare. Keys are sorted when it is gone through after new ones came. Not to be changed while it is gone through.
 */
public final class OrderedHash<K extends Comparable<K>, V> extends AbstractMap<K, V> {

    private Map<K, V> values = new LinkedHashMap<>();
    private boolean inOrder = true;

    @Override
    public @Nullable V get(Object key) {
        return values.get(key);
    }

    @Override
    public boolean containsKey(Object key) {
        return values.containsKey(key);
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public @Nullable V put(K key, V value) {
        int before = values.size();
        V replaced = values.put(key, value);
        inOrder &= values.size() == before;
        return replaced;
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> made) {
        int before = values.size();
        V value = values.computeIfAbsent(key, made);
        inOrder &= values.size() == before;
        return value;
    }

    @Override
    public @Nullable V remove(Object key) {
        return values.remove(key);
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        if (!inOrder) {
            List<Entry<K, V>> sorted = new ArrayList<>(values.entrySet());
            sorted.sort(Entry.comparingByKey());
            Map<K, V> ordered = new LinkedHashMap<>(2 * sorted.size());
            sorted.forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
            values = ordered;
            inOrder = true;
        }
        return values.entrySet();
    }
}
