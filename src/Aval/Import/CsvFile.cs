using System.IO.Compression;
using Aval.Kernel;
using Microsoft.Win32.SafeHandles;

namespace Aval.Import;

/// <summary>Where something stands: a file's name and the number of a line, from 1.</summary>
public readonly record struct Place(string File, int Line)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";
}

/// <summary>A CSV file with a header, read in order or at a place noted before; only a window of it is in memory.</summary>
/// <remarks>UTF-8, with or without a byte order mark. One that is compressed (gzip, known by its first bytes) is unpacked beside the temporary files first.</remarks>
sealed class CsvFile : IDisposable
{
    const int Window = 64 * 1024;

    /// <summary>Some rows that follow each other: what is read at a time where those that are wanted stand far apart.</summary>
    const int Leap = 512;

    /// <summary>Up to this distance it costs less to read what stands between two rows than to ask for each.</summary>
    const int Near = 8 * 1024;
    const int LongestRecord = 16 * 1024 * 1024;

    readonly SafeFileHandle handle;
    readonly bool owns;
    readonly long size;
    byte[] window;
    long windowAt;
    int windowLength;
    long next;
    int nextLine = 1;
    int reach;

    CsvFile(string name, SafeFileHandle handle, int window, bool owns)
    {
        (Name, this.handle, this.owns) = (name, handle, owns);
        this.window = new byte[window];
        reach = window;
        size = RandomAccess.GetLength(handle);
    }

    public string Name { get; }

    /// <summary>The names in the header, in order.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    public CsvRecord Record { get; } = new();

    /// <summary>The line on which the record begins, and where in the file.</summary>
    public int Line { get; private set; }
    public long Offset { get; private set; }

    /// <summary>Fields that lost characters without a shape, of the records passed in order.</summary>
    public int Mended { get; private set; }

    public Place Place => new(Name, Line);

    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its compressed form is broken.</exception>
    public static CsvFile Open(string path)
    {
        var file = new CsvFile(System.IO.Path.GetFileName(path), OpenPlain(path), Window, owns: true);
        file.Fill(0);
        if (file.window.AsSpan(0, file.windowLength).StartsWith("\uFEFF"u8)) file.next = 3;
        if (file.Next() && file.Record.Fault == CsvFault.None)
            file.Columns = [.. Enumerable.Range(0, file.Record.Count).Select(file.Record.Text)];
        return file;
    }

    /// <summary>The same file for another reader, which this one must outlive: one that goes from row to row as their documents ask, and reads little at a time.</summary>
    public CsvFile Beside() => new(Name, handle, Leap, owns: false) { Columns = Columns };

    /// <summary>So many rows of a stretch of this length are read next, in their order: close to each other they are read with all that stands between them.</summary>
    public void Expect(int rows, long length)
    {
        reach = length / rows < Near ? Window : Leap;
        if (window.Length < reach) Array.Resize(ref window, reach);
    }

    /// <summary>SHA-256 of its bytes, unpacked.</summary>
    public byte[] Digest(CancellationToken cancel)
    {
        using var digest = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var part = new byte[Window * 16];
        for (var at = 0L; RandomAccess.Read(handle, part, at) is > 0 and var read; at += read)
        {
            cancel.ThrowIfCancellationRequested();
            digest.AppendData(part.AsSpan(0, read));
        }

        return digest.GetHashAndReset();
    }

    /// <summary>Goes on to the next record; false at the end.</summary>
    public bool Next()
    {
        do
        {
            if (next >= size) return false;
            (Offset, Line) = (next, nextLine);
            next += Read(next);
            nextLine += Record.Lines;
        }
        while (Record.IsBlank);
        Mended += Record.Mended;
        return true;
    }

    /// <summary>Reads the record at a place where <see cref="Next"/> has been.</summary>
    public void ReadAt(long offset, int line)
    {
        (Offset, Line) = (offset, line);
        Read(offset);
    }

    /// <summary>What is wrong with the record, or null; also a record with more or fewer fields than there are columns.</summary>
    public Problem? Fault() => Record.Fault switch
    {
        CsvFault.None when Record.Count == Columns.Count => null,
        CsvFault.None => ImportProblems.RowMalformed.With($"The row has {Record.Count} fields, the header {Columns.Count}."),
        CsvFault.TextAfterQuote => ImportProblems.RowMalformed.With("After a closing quotation mark a comma or the end of the line is expected."),
        CsvFault.QuoteInside => ImportProblems.RowMalformed.With("A field that holds a quotation mark must be quoted whole, and the mark in it doubled."),
        CsvFault.QuoteOpen => ImportProblems.RowMalformed.With("A quotation mark is opened here and never closed."),
        CsvFault.NotUtf8 => ImportProblems.RowMalformed.With("The row is not UTF-8."),
    };

    public void Dispose()
    {
        if (owns) handle.Dispose();
    }

    int Read(long offset)
    {
        if (offset < windowAt || offset >= windowAt + windowLength) Fill(offset);
        while (true)
        {
            var bytes = window.AsSpan((int)(offset - windowAt)..windowLength);
            var last = windowAt + windowLength == size || bytes.Length >= LongestRecord;
            if (Record.Read(bytes, last) is > 0 and var taken) return taken;
            if (bytes.Length >= reach / 2) Widen();
            Fill(offset);
        }
    }

    void Fill(long offset)
    {
        windowAt = offset;
        windowLength = 0;
        while (windowLength < reach && RandomAccess.Read(handle, window.AsSpan(windowLength..reach), offset + windowLength) is > 0 and var read) windowLength += read;
    }

    void Widen()
    {
        reach *= 2;
        if (window.Length < reach) Array.Resize(ref window, reach);
    }

    static SafeFileHandle OpenPlain(string path)
    {
        var plain = File.OpenHandle(path);
        Span<byte> magic = stackalloc byte[2];
        if (RandomAccess.Read(plain, magic, 0) < 2 || magic is not [0x1F, 0x8B]) return plain;
        using var packed = new GZipStream(new FileStream(plain, FileAccess.Read), CompressionMode.Decompress);
        var unpacked = File.OpenHandle(
            System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
            FileOptions.DeleteOnClose);
        var part = new byte[Window];
        for (var at = 0L; packed.Read(part) is > 0 and var read; at += read) RandomAccess.Write(unpacked, part.AsSpan(0, read), at);
        return unpacked;
    }
}
